"""Text, Markdown, HTML and Word: what a reader sees is read, nothing else, and every word leads back."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from graph.extract.flow import Document
from graph.extract.reading.formats import kind_of
from graph.extract.reading.text import from_text, of_bytes
from tests.extract.papers import docx, notes, p

S1 = "県警は駅前の防犯カメラを更新した。"
S2 = "市民団体は質問状を出した。"
S3 = "市は九月に答えた。"


def texts(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(sentence.kind, sentence.text) for sentence in document.sentences]


def page(body: str, head: str = "") -> Document:
    return from_text(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", "a.html", kind="html")


# --- which format


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"abc", "a.txt", "txt"),
        (b"abc", "a", "txt"),
        (b"abc", "a.csv", "txt"),
        (b"# abc", "A.MD", "md"),
        (b"abc", "a.htm", "html"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "a", "html"),
        (b"<html><p>", "a.txt", "txt"),
        (b"%PDF-1.4", "a.txt", "pdf"),
        (b"\n%PDF-1.4", "a", "pdf"),
        (docx(p(S1)), "a", "docx"),
        (docx(p(S1)), "a.txt", "docx"),
    ],
)
def test_the_format_is_known_by_its_beginning_then_by_its_name(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


# --- plain text


def test_lines_of_a_paragraph_are_put_together_and_paragraphs_stay_apart() -> None:
    text = "　県警は二〇一五年四月、駅前商店街の防犯\nカメラ百二十台を更新した。費用は市が半分\nを負担した。\n"
    text += "　市民団体は質問状を出した。\n"
    document = from_text(text, "a.txt")
    assert texts(document) == [
        "県警は二〇一五年四月、駅前商店街の防犯カメラ百二十台を更新した。",
        "費用は市が半分を負担した。",
        "市民団体は質問状を出した。",
    ]
    assert len({s.paragraph for s in document.sentences}) == 2


def test_a_word_cut_by_a_hyphen_is_one_word_and_a_compound_keeps_its_own() -> None:
    text = "The prefectural police sent an official noti-\nfication to the city. A well-known firm built it.\n"
    document = from_text(text, "a.txt")
    assert texts(document) == [
        "The prefectural police sent an official notification to the city.",
        "A well-known firm built it.",
    ]
    at = document.sentences[0].text.index("notification")
    passages = document.sentences[0].clean.passages(at, at + 12, text)
    assert [text[q.start : q.end] for q in passages] == ["noti", "fication"]


def test_a_count_at_the_beginning_of_a_line_begins_no_item() -> None:
    document = from_text("In April 2015 the prefectural police replaced\n120 cameras around the station.\n", "a.txt")
    assert texts(document) == ["In April 2015 the prefectural police replaced 120 cameras around the station."]
    document = from_text("The default number of the cameras at the station is\n100. More need a permit.\n", "a.txt")
    assert texts(document)[0] == "The default number of the cameras at the station is 100."
    listed = "The board will soon\n1 switch all cameras off\n2 erase all the records\n3 report to the city\n"
    assert [s.kind for s in from_text(listed, "a.txt").sentences][1:] != ["body"] * 3
    assert len(from_text(listed, "a.txt").sentences) == 4
    document = from_text("The board decided:\n1 Cameras are switched off at night.\n2 Records are erased.\n", "a.txt")
    assert [s.kind for s in document.sentences][1:] == ["item", "item"]


def test_a_bracket_at_the_end_of_a_line_ends_no_sentence_that_goes_on() -> None:
    document = from_text("一方、市民団体「まちの目を考える会」\nは六月に質問状を出した。\n", "a.txt")
    assert texts(document) == ["一方、市民団体「まちの目を考える会」は六月に質問状を出した。"]


def test_headings_items_and_notes_are_told_apart() -> None:
    text = f"駅前のカメラ\n\n{S1}\n\n・更新の費用\n・記録の期間\n\n【註】{S2}\n\n{S3}\n"
    document = from_text(text, "a.txt")
    assert [kind for kind, _ in kinds(document)] == ["heading", "body", "item", "item", "body", "note"]
    blocks = {s.text: s.block for s in document.sentences}
    assert blocks[S1] == blocks[S3] == blocks["駅前のカメラ"] != blocks["【註】" + S2]


def test_page_numbers_are_no_sentences() -> None:
    document = from_text(f"{S1}\n\n- 12 -\n\f{S2}\n\nPage 13 of 20\n", "a.txt")
    assert texts(document) == [S1, S2]


# --- HTML


def test_what_the_reader_does_not_see_is_left_out() -> None:
    document = page(
        f"<nav>案内。</nav><script>'{S2}'</script><style>p::after {{ content: '{S2}' }}</style><!-- {S2} -->"
        f"<p>{S1}</p><p hidden>{S2}</p><p style='display: none'>{S2}</p><div aria-hidden=true><p>{S2}</p></div>"
        f"<noscript><p>{S2}</p></noscript><template>{S2}</template><select><option>{S2}</select><button>送る。</button>"
    )
    assert texts(document) == [S1]


def test_script_that_holds_markup_and_is_never_closed_swallows_only_itself() -> None:
    assert texts(page(f"<p>{S1}</p><script>if (a < b) document.write('<p>{S2}</p>')</script><p>{S3}</p>")) == [S1, S3]
    assert texts(page(f"<p>{S1}</p><script>document.write('<p>{S2}</p>')")) == [S1]


def test_entities_are_read_and_lead_back() -> None:
    document = page(
        "<p>A&amp;B社は&#30476;警と&#x4F1A;い、&quot;記録&quot;を渡&shy;した&nbsp;&hellip;。&unknown; &amp</p>"
    )
    first = document.sentences[0]
    assert first.text.startswith('A&B社は県警と会い、"記録"を渡した')
    at = first.text.index("県警")
    (passage,) = first.clean.passages(at, at + 2, document.text)
    assert document.text[passage.start : passage.end] == "&#30476;警"


def test_tags_inside_a_sentence_do_not_part_it_and_blocks_do() -> None:
    document = page("<p>県<b>警</b>は<a href='x。y'>駅前</a>の<wbr>カメラを<br>更新した。</p>市<div>民</div>団体")
    assert texts(document)[0] == "県警は駅前のカメラを更新した。"
    assert texts(document)[1:] == ["市", "民", "団体"]


def test_readings_over_characters_are_left_out() -> None:
    assert texts(page("<p><ruby>県警<rp>(</rp><rt>けんけい</rt><rp>)</rp></ruby>は答えた。</p>")) == ["県警は答えた。"]


def test_source_wrapped_japanese_has_no_spaces_and_english_has() -> None:
    assert texts(page("<p>県警は\n   答えた。</p>")) == ["県警は答えた。"]
    assert texts(page("<p>The police\n   answered.</p>")) == ["The police answered."]


def test_cells_items_asides_and_footnotes_are_told_apart() -> None:
    document = page(
        f"<h2>見出し</h2><p>{S1}</p><ul><li>{S2}<li>{S3}</ul><table><tr><td>甲<td>乙<tr><th>丙</table>"
        f"<aside><p>囲みの文です。</p></aside><div class='footnotes'><p>注の文です。</p></div>"
    )
    assert kinds(document) == [
        ("heading", "見出し"),
        ("body", S1),
        ("item", S2),
        ("item", S3),
        *[("cell", cell) for cell in "甲乙丙"],
        ("box", "囲みの文です。"),
        ("note", "注の文です。"),
    ]
    assert len({s.block for s in document.sentences}) == 3


def test_two_cells_are_never_one_sentence() -> None:
    document = page("<table><tr><td>県警は<td>答えた。</table>")
    assert texts(document) == ["県警は", "答えた。"]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{S1}<p>{S2}",
        f"<p>{S1}</div></p></b>{S2}",
        f"<div><p>{S1}<div>{S2}</div>",
        f"<p class='a>b' title=\"x>y\">{S1}</p>{S2}",
        f"<p title=it's>{S1}</p><p>{S2}",
        f"</p></p>{S1}<p/>{S2}<",
        f"<p>{S1}</p<p>{S2}",
        f"<P>{S1}</P><P\n>{S2}</P\n>",
        f"<p>{S1}<!-- --><!----><? xml ?><p>{S2}",
    ],
)
def test_broken_markup_loses_no_words(body: str) -> None:
    assert texts(page(body))[:2] == [S1, S2]


def test_what_a_page_says_of_itself() -> None:
    document = page(
        f"<h1>駅前のカメラ</h1><p>{S1}",
        "<title>ニュース &amp; 話題</title><meta name=author content='まちの目'>"
        "<meta property='article:published_time' content='2016-02-26T09:00:00+09:00'>",
    )
    assert (document.title, document.publisher, str(document.date)) == ("ニュース & 話題", "まちの目", "2016-02-26")
    assert document.lang == "ja"


# --- Markdown


def test_marks_of_markdown_are_left_out() -> None:
    source = (
        "---\ntitle: 会報\ndate: 2016-02-26\npublisher: まちの目\n---\n# 駅前の*カメラ* #\n\n県警は**駅前**の[カメラ](http://a.example/b_(c))を\n"
        "`更新`した[^1]。~~消す~~\n\n- 甲の文です。\n1. 乙の文です。\n\n> 引用の文です。\n\n"
        "```\ncode。\n```\n\n[^1]: 注の文です。\n[x]: http://a.example\n"
        "<!-- 見えない。 -->\n\n| 名 | 年 |\n|---|---|\n| カメラA | 2014 |\n"
    )
    document = from_text(source, "a.md", kind="md")
    assert kinds(document) == [
        ("heading", "駅前のカメラ"),
        ("body", "県警は駅前のカメラを更新した。"),
        ("body", "消す"),
        ("item", "甲の文です。"),
        ("item", "乙の文です。"),
        *[("cell", cell) for cell in ("名", "年", "カメラA", "2014")],
        ("box", "引用の文です。"),
        ("note", "注の文です。"),
    ]
    assert (document.title, document.publisher, str(document.date)) == ("会報", "まちの目", "2016-02-26")


@given(st.text(st.sampled_from("県警は答えた。駅前カメラabc 12"), min_size=1, max_size=40))
def test_words_without_marks_are_the_same_in_text_and_markdown(words: str) -> None:
    words = "文" + words
    plain = [s.text for s in from_text(words, "a.txt").sentences]
    assert [s.text for s in from_text(words, "a.md", kind="md").sentences] == plain


# --- Word

DELETED = (
    "<w:r><w:t>県警は</w:t></w:r><w:del w:id='1'><w:r><w:delText>古い</w:delText><w:t>古い</w:t></w:r></w:del>"
    "<w:ins w:id='2'><w:r><w:t>新しい</w:t></w:r></w:ins><w:r><w:t>カメラを入れた。</w:t></w:r>"
)


def test_insertions_count_and_deletions_do_not() -> None:
    document = of_bytes(docx(p(DELETED)), "a.docx")
    assert texts(document) == ["県警は新しいカメラを入れた。"]
    assert "古い" not in document.text


def test_moved_words_stand_where_they_were_moved_to() -> None:
    moved = f"<w:moveFrom w:id='1'><w:r><w:t>{S2}</w:t></w:r></w:moveFrom>"
    target = f"<w:moveTo w:id='2'><w:r><w:t>{S2}</w:t></w:r></w:moveTo>"
    assert texts(of_bytes(docx(p(moved) + p(S1) + p(target)), "a.docx")) == [S1, S2]


def test_word_headings_cells_footnotes_boxes_and_hidden_words() -> None:
    styles = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    styles += '<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style></w:styles>'
    table = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    box = f"<w:r><w:pict><w:txbxContent>{p('囲みの文です。')}</w:txbxContent></w:pict></w:r>"
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{S3}</w:t></w:r>"
    field = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>欄外</w:t></w:r>"
    body = p("見出し", "a1") + p(f"<w:r><w:t>{S1}</w:t></w:r>{box}{hidden}") + table + p(field)
    core = (
        '<c xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><d:title>会報</d:title>'
        "<d:creator>まちの目</d:creator><t:created>2016-02-26T09:00:00Z</t:created></c>"
    )
    parts = {"word/styles.xml": styles, "word/footnotes.xml": notes("注の文です。"), "docProps/core.xml": core}
    document = of_bytes(docx(body, parts), "a.docx")
    assert kinds(document) == [
        ("heading", "見出し"),
        ("body", S1),
        ("cell", "甲"),
        ("cell", "乙"),
        ("body", "欄外"),
        ("box", "囲みの文です。"),
        ("note", "注の文です。"),
    ]
    assert (document.title, document.publisher, str(document.date)) == ("会報", "まちの目", "2016-02-26")
    assert "---" not in document.text


def test_the_date_of_a_word_file_yields_to_the_one_the_text_bears() -> None:
    core = '<c xmlns:t="http://purl.org/dc/terms/"><t:created>2024-05-01T09:00:00Z</t:created></c>'
    document = of_bytes(docx(p("会報 第12号 2016年2月26日発行") + p(S1), {"docProps/core.xml": core}), "a.docx")
    assert str(document.date) == "2016-02-26"


def test_passages_of_a_word_file_count_the_text_taken_out_of_it() -> None:
    document = of_bytes(docx(p(S1) + p(S2)), "a.docx")
    assert document.text == f"{S1}\n{S2}\n"
    (passage,) = document.sentences[1].clean.passages(0, len(S2), document.text)
    assert document.text[passage.start : passage.end] == S2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04" + b"word/" + bytes(100), "document-broken"),
        (docx(p(S1))[:-40], "document-broken"),
        (b"no archive at all", "document-not-its-kind"),
        (b"", "document-not-its-kind"),
        (docx("<w:p>"), "document-broken"),
        (docx(p("&a;"), prolog='<!DOCTYPE x [<!ENTITY a "b">]>'), "document-broken"),
        (docx(p("&a;"), prolog='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "document-broken"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "document-locked"),
    ],
)
def test_a_word_file_that_is_none_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        of_bytes(data, "a.docx")
    assert caught.value.code == code


def test_entities_that_multiply_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 9))
    data = docx(p("&l8;"), prolog=f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>')
    with pytest.raises(SourceError) as caught:
        of_bytes(data, "a.docx")
    assert caught.value.code == "document-broken"


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(SourceError) as caught:
        of_bytes(docx(p("あ" * 20_000_000)), "a.docx")
    assert caught.value.code == "document-bomb"


def test_another_archive_is_no_document() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(SourceError) as caught:
        of_bytes(made.getvalue(), "a.zip")
    assert caught.value.code == "document-binary"
    with pytest.raises(SourceError) as caught:
        of_bytes(made.getvalue(), "a.docx")
    assert caught.value.code in ("document-not-its-kind", "document-broken")
