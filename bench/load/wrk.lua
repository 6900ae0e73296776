-- The load of the bench: sends the requests of a file one after the other, each thread from a place of its own.
-- A line is METHOD, path, headers (name=value joined by \2) and body, parted by \1. With "statuses" after the file the
-- answers are looked at: those of 500 and more, and refusals other than 403 and 404 are counted. Looking takes time.
local known, requests, place = {}, {}, 0
wrong = 0

function setup(thread)
  thread:set("number", #known)
  known[#known + 1] = thread
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    local parts, headers = {}, {}
    for part in (line .. "\1"):gmatch("(.-)\1") do parts[#parts + 1] = part end
    for name, value in parts[3]:gmatch("([^=\2]+)=([^\2]*)") do headers[name] = value end
    local body = parts[4] ~= "" and parts[4] or nil
    requests[#requests + 1] = wrk.format(parts[1], parts[2], headers, body)
  end
  place = number * math.floor(#requests / 2)
  if arguments[2] == "statuses" then
    response = function(status)
      if status >= 400 and status ~= 403 and status ~= 404 then wrong = wrong + 1 end
    end
  end
end

function request()
  place = place + 1
  return requests[(place - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  local all = 0
  for _, thread in ipairs(known) do all = all + thread:get("wrong") end
  io.write(string.format("RESULT %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
    errors.status, broken, latency:percentile(50), latency:percentile(99), all))
end
