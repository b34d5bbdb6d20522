"""HTML as tests look at it: parsed to elements, and refused where tags don't fit."""

from html.parser import HTMLParser

VOID = {"meta", "br", "img", "input", "rect", "line"}


class Element:
    """One element of a parsed page."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Element | None"):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    def find_all(self, tag: str, **attributes: str) -> "list[Element]":
        """Return the elements below this one with a tag and with these words in attributes."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                words = [
                    word in (child.attributes.get(key.rstrip("_").replace("_", "-")) or "").split()
                    for key, word in attributes.items()
                ]
                if child.tag == tag and all(words):
                    found.append(child)
                found += child.find_all(tag, **attributes)
        return found

    def find(self, tag: str, **attributes: str) -> "Element":
        """Return the only element that `find_all` finds."""
        (element,) = self.find_all(tag, **attributes)
        return element

    @property
    def raw(self) -> str:
        """All text below this element."""
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self) -> str:
        """All text below this element, with single spaces."""
        return " ".join(self.raw.split())


class Page(HTMLParser):
    """A page parsed to elements; an end tag that fits no start tag is a failure."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.root = self._open = Element("", {}, None)
        self.shape: list[tuple[str, ...]] = []
        self.feed(html)
        self.close()
        assert self._open is self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *sorted(name for name, _ in attrs)))
        element = Element(tag, dict(attrs), self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.tag == tag, f"</{tag}> closes <{self._open.tag}>"
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"comment {data!r}")

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)
