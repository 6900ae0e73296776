"""Pages over the wire: zstd, Brotli or gzip, each of a random length, and nothing compressed twice."""

import gzip

import brotli
import pytest
import zstandard
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from forum.caching.coding import brotli_of, zstd_of
from forum.middleware import Compression

PAGE = "<p>" + "從市集廣場走到碼頭。" * 200


def sent(response: HttpResponse | StreamingHttpResponse, accept: str) -> HttpResponse | StreamingHttpResponse:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accept})
    answer = Compression(lambda _request: response)(request)
    assert isinstance(answer, HttpResponse | StreamingHttpResponse)
    return answer


@pytest.mark.parametrize("accept", ["br", "gzip, deflate, br, zstd;q=0", "gzip;q=0.5, br;q=1.0"])
def test_a_page_comes_by_brotli_where_it_is_taken(accept: str) -> None:
    answer = sent(HttpResponse(PAGE, headers={"ETag": '"1"'}), accept)
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Encoding"] == "br"
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["ETag"] == 'W/"1"'
    assert int(answer["Content-Length"]) == len(answer.content) < 500
    assert brotli.decompress(answer.content).decode() == PAGE


@pytest.mark.parametrize("accept", ["zstd", "gzip, deflate, br, zstd", "zstd;q=0.9, br"])
def test_a_page_for_one_reader_comes_by_zstd_where_it_is_taken(accept: str) -> None:
    answer = sent(HttpResponse(PAGE), accept)
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Encoding"] == "zstd"
    assert int(answer["Content-Length"]) == len(answer.content) < 800
    assert zstandard.ZstdDecompressor().decompressobj().decompress(answer.content).decode() == PAGE


@pytest.mark.parametrize("accept", ["gzip", "gzip, br;q=0", "br;q=0.0, gzip"])
def test_a_page_comes_by_gzip_where_brotli_is_not_taken(accept: str) -> None:
    answer = sent(HttpResponse(PAGE), accept)
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == PAGE


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_the_length_of_a_page_tells_nothing_exact(coding: str) -> None:
    assert len({len(sent(HttpResponse(PAGE), coding).content) for _ in range(20)}) > 3


@pytest.mark.parametrize("padding", [1, 2, 100, 256])
def test_empty_blocks_of_zstd_are_part_of_the_length_and_of_nothing_else(padding: int) -> None:
    padded, plain = (zstd_of(PAGE.encode(), padding=count) for count in (padding, 0))
    assert len(padded) == len(plain) + 3 * padding
    assert zstandard.ZstdDecompressor().decompressobj().decompress(padded).decode() == PAGE


@pytest.mark.parametrize("padding", [1, 2, 100, 256])
def test_the_padding_is_part_of_the_length_and_of_nothing_else(padding: int) -> None:
    plain = len(brotli_of(PAGE.encode(), padding=1))
    padded = brotli_of(PAGE.encode(), padding=padding)
    assert len(padded) == plain + padding - 1
    assert brotli.decompress(padded).decode() == PAGE


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/epub+zip"])
def test_what_is_compressed_already_is_left_alone(kind: str) -> None:
    assert "Content-Encoding" not in sent(HttpResponse(PAGE, content_type=kind), "br, gzip")


def test_short_and_encoded_answers_are_left_alone() -> None:
    assert "Content-Encoding" not in sent(HttpResponse("short"), "br")
    assert sent(HttpResponse(PAGE, headers={"Content-Encoding": "zstd"}), "br, gzip")["Content-Encoding"] == "zstd"


def test_what_is_sent_piece_by_piece_comes_by_gzip() -> None:
    assert sent(StreamingHttpResponse([PAGE.encode()]), "br, gzip")["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("accept", ["gzip;q=0", "identity, br;q=0, gzip;q=0.0", "deflate", "x-zstd", ""])
def test_a_page_comes_as_it_is_where_no_coding_of_ours_is_taken(accept: str) -> None:
    for response in (HttpResponse(PAGE), StreamingHttpResponse([PAGE.encode()])):
        answer = sent(response, accept)
        assert "Content-Encoding" not in answer
        assert answer["Vary"] == "Accept-Encoding"
        assert b"".join(answer).decode() == PAGE  # type: ignore[arg-type]
