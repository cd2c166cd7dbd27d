"""The tag `remembered`: written once for the same, anew for anything else."""

from django.template import Context, Engine

ENGINE = Engine(
    builtins=[
        "hearing_portal.templatetags.thai",
        "hearing_portal.templatetags.remembered",
    ],
    loaders=[
        (
            "django.template.loaders.locmem.Loader",
            {
                "one.html": "{% remembered key other %}{{ words }}{% endremembered %}",
                "two.html": "{% remembered key %}{{ words }}{% endremembered %}",
                "form.html": "{% remembered key %}{% csrf_token %}{{ words }}{% endremembered %}",
                "digits.html": "{% remembered key %}{% digits words %}{% endremembered %}",
            },
        )
    ],
)


def written(template: str, **values: object) -> str:
    return ENGINE.get_template(template).render(Context(values))


def test_it_is_written_once_for_the_same():
    assert written("one.html", key="a", words="first") == "first"
    assert written("one.html", key="a", words="second") == "first"
    assert written("one.html", key="a", other=1, words="third") == "third"
    assert written("one.html", key="b", words="fourth") == "fourth"
    assert written("two.html", key="a", words="fifth") == "fifth"


def test_nothing_is_remembered_of_what_nothing_tells_apart():
    assert [
        written("one.html", key=None, words=words) for words in ("first", "second")
    ] == ["first", "second"]


def test_every_page_has_its_own_token_and_digits():
    assert 'value="abc"' in written(
        "form.html", key="token", csrf_token="abc", words="first"
    )
    assert 'value="def">first' in written(
        "form.html", key="token", csrf_token="def", words="second"
    )
    assert written("form.html", key="token", words="third") == "third"
    assert (
        written("digits.html", key="digits", digits_style="arabic", words="ข้อ 5")
        == "ข้อ 5"
    )
    assert (
        written("digits.html", key="digits", digits_style="thai", words="ข้อ 5")
        == "ข้อ ๕"
    )


def test_what_is_remembered_is_escaped_once():
    for _ in range(2):
        assert written("two.html", key="escaped", words="<b>") == "&lt;b&gt;"
