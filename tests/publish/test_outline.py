"""The outline of a page is read from its headings alone, wherever else their like may stand."""

from toolkit.publish.outline import read_outline


def list_headings(html):
    return [(heading.level, heading.anchor, heading.text) for heading in read_outline(html).headings]


def test_headings_may_have_parts_lines_and_capitals():
    html = """<H1>Орган
      «А»</H1><p>x</p><h2 class="a" id="b">Б <em>и</em> <span class="badge">текст <b>в</b></span></h2>
      <section><h3 id='c'>В &lt;г&gt;</h3></section>"""
    assert read_outline(html).title == "Орган «А»"
    assert list_headings(html) == [(2, "b", "Б и"), (3, "c", "В <г>")]


def test_what_a_script_a_style_or_a_comment_says_is_no_heading():
    html = """<script type="application/json">"<h2 id='a'>А</h2>"</script>
      <style>/* <h2 id="b">Б</h2> */</style>
      <!-- <h2 id="c">В</h2> --><h2 id="d">Г</h2>"""
    assert list_headings(html) == [(2, "d", "Г")]


def test_a_heading_without_an_anchor_or_without_words_is_not_listed():
    assert (
        list_headings('<h2>А</h2><h2 id="">Б</h2><h3 id="c"> </h3><h4 id="d">Г</h4><header id="e">Д</header>')
        == []
    )
