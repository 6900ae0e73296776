"""The time zones one can choose, by the names that places have in each language."""

from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone
from django.utils.translation import get_language
from opencc import OpenCC

# Zone, Chinese name, English name: a few places for every hour of the day, more where our readers live.
_PLACES = """
Pacific/Honolulu 檀香山 Honolulu|America/Anchorage 安克拉治 Anchorage|America/Vancouver 溫哥華 Vancouver
America/Los_Angeles 洛杉磯 Los Angeles|America/Denver 丹佛 Denver|America/Mexico_City 墨西哥城 Mexico City
America/Chicago 芝加哥 Chicago|America/Bogota 波哥大 Bogotá|America/Lima 利馬 Lima|America/Toronto 多倫多 Toronto
America/New_York 紐約 New York|America/Halifax 哈利法克斯 Halifax|America/Santiago 聖地牙哥 Santiago
America/St_Johns 聖約翰斯 St. John’s|America/Argentina/Buenos_Aires 布宜諾斯艾利斯 Buenos Aires
America/Sao_Paulo 聖保羅 São Paulo|Atlantic/South_Georgia 南喬治亞 South Georgia|Atlantic/Azores 亞速群島 Azores
Atlantic/Reykjavik 雷克雅維克 Reykjavík|Europe/Lisbon 里斯本 Lisbon|Europe/Dublin 都柏林 Dublin
Europe/London 倫敦 London|Africa/Lagos 拉哥斯 Lagos|Europe/Madrid 馬德里 Madrid|Europe/Paris 巴黎 Paris
Europe/Brussels 布魯塞爾 Brussels|Europe/Amsterdam 阿姆斯特丹 Amsterdam|Europe/Zurich 蘇黎世 Zurich
Europe/Rome 羅馬 Rome|Europe/Berlin 柏林 Berlin|Europe/Vienna 維也納 Vienna|Europe/Prague 布拉格 Prague
Europe/Warsaw 華沙 Warsaw|Europe/Stockholm 斯德哥爾摩 Stockholm|Africa/Johannesburg 約翰尼斯堡 Johannesburg
Africa/Cairo 開羅 Cairo|Asia/Jerusalem 耶路撒冷 Jerusalem|Europe/Athens 雅典 Athens|Europe/Kyiv 基輔 Kyiv
Europe/Helsinki 赫爾辛基 Helsinki|Europe/Istanbul 伊斯坦堡 Istanbul|Africa/Nairobi 奈洛比 Nairobi
Asia/Riyadh 利雅德 Riyadh|Europe/Moscow 莫斯科 Moscow|Asia/Tehran 德黑蘭 Tehran|Asia/Dubai 杜拜 Dubai
Asia/Kabul 喀布爾 Kabul|Asia/Karachi 喀拉蚩 Karachi|Asia/Tashkent 塔什干 Tashkent|Asia/Kolkata 加爾各答 Kolkata
Asia/Kathmandu 加德滿都 Kathmandu|Asia/Dhaka 達卡 Dhaka|Asia/Yangon 仰光 Yangon|Asia/Bangkok 曼谷 Bangkok
Asia/Ho_Chi_Minh 胡志明市 Ho Chi Minh City|Asia/Jakarta 雅加達 Jakarta|Asia/Taipei 臺北 Taipei
Asia/Hong_Kong 香港 Hong Kong|Asia/Macau 澳門 Macau|Asia/Shanghai 上海 Shanghai|Asia/Singapore 新加坡 Singapore
Asia/Kuala_Lumpur 吉隆坡 Kuala Lumpur|Asia/Manila 馬尼拉 Manila|Asia/Ulaanbaatar 烏蘭巴托 Ulaanbaatar
Australia/Perth 伯斯 Perth|Asia/Tokyo 東京 Tokyo|Asia/Seoul 首爾 Seoul|Australia/Adelaide 阿德萊德 Adelaide
Australia/Brisbane 布里斯本 Brisbane|Australia/Sydney 雪梨 Sydney|Pacific/Noumea 努美阿 Nouméa
Pacific/Auckland 奧克蘭 Auckland|Pacific/Tongatapu 努瓜婁發 Nukuʻalofa|UTC 世界時間 Universal time
"""
PLACES = {
    zone: (chinese, english)
    for line in _PLACES.strip().splitlines()
    for zone, chinese, english in [place.split(" ", 2) for place in line.split("|")]
}
# Places that the mainland calls otherwise than Taiwan; of the others only the characters differ.
_MAINLAND = """
安克拉治 安克雷奇|聖地牙哥 圣地亚哥|亞速群島 亚速尔群岛|雷克雅維克 雷克雅未克|拉哥斯 拉各斯|約翰尼斯堡 约翰内斯堡
伊斯坦堡 伊斯坦布尔|奈洛比 内罗毕|利雅德 利雅得|杜拜 迪拜|喀拉蚩 卡拉奇|伯斯 珀斯|布里斯本 布里斯班|雪梨 悉尼
努瓜婁發 努库阿洛法
"""


@cache
def _simplified() -> dict[str, str]:
    names = dict(pair.split(" ") for line in _MAINLAND.strip().splitlines() for pair in line.split("|"))
    convert = OpenCC("tw2s").convert
    return {name: names.get(name) or convert(name) for name, _english in PLACES.values()}


def _offset(zone: str) -> timedelta:
    return timezone.now().astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def zone_name(zone: str) -> str:
    """Return how a zone is called on the page: its difference from UTC now, and its place."""
    chinese, english = PLACES.get(zone, (zone, zone))
    minutes = int(_offset(zone).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    language = get_language() or ""
    name = _simplified().get(chinese, chinese) if language == "zh-hans" else chinese
    name = name if language.startswith("zh") else english
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''} {name}"


def zone_choices(*more: str) -> list[tuple[str, str]]:
    """Return the zones to choose from, from west to east, and the `more` that somebody has already."""
    zones = {*PLACES, *more} & available_timezones()  # an old system may not know the newest names
    return [(zone, zone_name(zone)) for zone in sorted(zones, key=lambda zone: (_offset(zone), zone))]
