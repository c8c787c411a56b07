"""What WeasyPrint leaves open between PDF/A-3a and PDF/UA-1, mended before the file is written.

Sources: ISO 14289-1 (PDF/UA-1), 7.1 (artifacts), 7.2 (language), 7.4 (headings), 7.5 (table headers),
7.9 (notes), 7.18.5 (links), 5 (identifier); ISO 32000-1, 14.7.2 (names of elements), 14.8.4 (roles);
ISO 19005-3 (PDF/A-3), 6.6.2.3 (extension schema).
"""

import zlib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import PageBox
from weasyprint.pdf import tags

from report.pdf.mend.boxes import boxes_of_pages
from report.pdf.mend.tree import Tree, drop_repeats, join_fragments
from report.pdf.mend.voice import give_words, note_texts

_PX_TO_PT = 0.75

# PDF/A forbids metadata whose schema it does not know: the identifier brings its own description.
_IDENTIFIER = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


# What WeasyPrint tags as nothing in particular, by the element of the page that it comes from.
_ROLES = {
    "code": "/Code",
    "aside": "/Note",
}
_CONTENTS = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}  # of class «toc»
_NOTE_LINKS = {"call": "/Reference", "back": "/Lbl"}  # what the links between a note and its call stand in


_build = tags._build_box_tree


@cache
def mend_tags() -> None:
    """For this process: let the tags say what their elements are, and in which language."""
    tags._build_box_tree = _build_and_name


def _build_and_name(box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
    if isinstance(box, PageBox):
        note_texts(pdf, pdf.page_references[page], box, rest[-1])
    for tag in _build(box, parent, pdf, page, *rest):
        if box.element is not None:
            _name(tag, box.element, box.element_tag)
        yield tag


def _name(tag: Any, element: Any, element_tag: str) -> None:
    tag.source = element
    if element_tag in _ROLES:
        tag["S"] = _ROLES[element_tag]
    elif "toc" in element.get("class", "").split():
        tag["S"] = _CONTENTS.get(tag["S"], tag["S"])
    if element_tag == "span" and (language := element.get("lang")):
        tag["Lang"] = pydyf.String(language)


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """WeasyPrint's ``finisher``: called with the laid-out document and the PDF in memory."""
    tree = Tree(pdf)
    drop_repeats(tree)
    for element in tree.reachable():
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if tree.is_inside(element, "/THead") else "/Row"
        elif element["S"] == "/TR":
            _point_to_nearest_header(tree.children(element))
        elif element["S"] == "/Figure":
            _place_figure(element, tree.page_height(element))
    give_words(document, pdf, tree)
    join_fragments(tree)
    _identify(pdf, tree)
    _merge_links(tree)
    _tell_note_links(pdf, tree)
    _name_links(document, tree)
    _mark_artifacts(pdf, tree)
    _declare_ua(pdf)
    if "AF" in pdf.catalog:  # WeasyPrint lists each attachment twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    _compress(pdf)


def _place_figure(element: Any, page_height: float) -> None:
    """The standard wants points from the bottom left; WeasyPrint gives pixels from the top."""
    left, top, right, bottom = (_PX_TO_PT * value for value in element["A"]["BBox"])
    box = (left, page_height - bottom, right, page_height - top)
    element["A"]["BBox"] = pydyf.Array(round(value, 3) for value in box)
    element["A"]["Placement"] = "/Block"


def _point_to_nearest_header(cells: list[Any]) -> None:
    """Of two headers in a row, each holds for what stands to its right, together with one beside it:
    WeasyPrint gives every cell all of them."""
    own = {cell["ID"].string for cell in cells if cell["S"] == "/TH"}
    nearest: set[str] = set()
    for before, cell in pairwise([None, *cells]):
        if cell["S"] == "/TH":
            is_beside = before is not None and before["S"] == "/TH"
            nearest = {cell["ID"].string} | (nearest if is_beside else set())
        elif "Headers" in cell["A"]:
            others = own - nearest
            kept = (name for name in cell["A"]["Headers"] if name.string not in others)
            cell["A"]["Headers"] = pydyf.Array(kept)


def _identify(pdf: pydyf.PDF, tree: Tree) -> None:
    """Number the notes, and list all elements that have a name (ISO 32000-1, table 322)."""
    notes = (element for element in tree.reachable() if element["S"] == "/Note")
    for number, note in enumerate(notes, start=1):
        note["ID"] = pydyf.String(f"note-{number}")
    named = sorted(
        (element["ID"].string, element.reference) for element in tree.reachable() if "ID" in element
    )
    names = pydyf.Dictionary({"Names": pydyf.Array()})
    for name, reference in named:
        names["Names"] += [pydyf.String(name), reference]
    pdf.add_object(names)
    tree.root["IDTree"] = names.reference


def _merge_links(tree: Tree) -> None:
    """WeasyPrint makes a link of its own of each element inside a link: one is enough."""
    for element in tree.reachable():
        for kid in element["K"]:
            reference = tree.objects.get(kid, {})
            if reference.get("Type") != "/OBJR" or not tree.is_inside(element, "/Link"):
                continue
            annotation = tree.objects[reference["Obj"]]
            tree.pages[element["Pg"]]["Annots"].remove(annotation.reference)
            position = tree.parents.index(annotation["StructParent"])
            del tree.parents[position : position + 2]
            element["K"].remove(kid)
            element["S"] = "/Span" if element["S"] == "/Link" else element["S"]
            annotation.clear()
            reference.clear()
            break


def _tell_note_links(pdf: pydyf.PDF, tree: Tree) -> None:
    """The link at a note's call is a reference, that at the note its label."""
    for link in list(tree.reachable()):
        role = _NOTE_LINKS.get(link.source.get("class", "")) if link["S"] == "/Link" else None
        if role is None:
            continue
        parent = tree.elements[link["P"]]
        around = pydyf.Dictionary({"Type": "/StructElem", "S": role, "K": pydyf.Array([link.reference])})
        pdf.add_object(around)
        tree.elements[around.reference] = around
        around["P"], around["Pg"], link["P"] = parent.reference, link["Pg"], around.reference
        parent["K"][parent["K"].index(link.reference)] = around.reference


def _name_links(document: Any, tree: Tree) -> None:
    """Say where a link leads in words: the heading, or the name of the figure or table."""
    page = next(box.element for _, box in boxes_of_pages(document) if box.element is not None)
    names = {}
    for element in page.iter():
        if anchor := element.get("id"):
            caption = element.find("./figcaption/strong") if element.tag == "figure" else None
            caption = element.find("./caption/strong") if element.tag == "table" else caption
            named = element if caption is None else caption
            parts = (
                ["".join(part.itertext()) for part in named.iterfind("./span")] if _is_labelled(named) else []
            )
            text = ". ".join(parts) or "".join(named.itertext())
            names[anchor] = " ".join(text.split()).rstrip(".")
    for annotation in tree.objects.values():
        if annotation.get("Subtype") == "/Link" and "Dest" in annotation:
            anchor = annotation["Dest"].string
            annotation["Contents"] = pydyf.String(names.get(anchor) or anchor)


def _is_labelled(element: Any) -> bool:
    """«Apéndice 1» and its name, one after the other."""
    return element.find("./span[@class='label']") is not None


def _mark_artifacts(pdf: pydyf.PDF, tree: Tree) -> None:
    """Running heads, and headers that a table repeats, have elements outside the tree: make their content
    pagination artifacts."""
    linked = {element.reference for element in tree.reachable()}
    by_key = dict(zip(tree.parents[::2], tree.parents[1::2], strict=True))
    for reference, element in tree.elements.items():
        if reference in linked:
            continue
        page = tree.pages[element["Pg"]]
        stream = pdf.objects[int(page["Contents"].split()[0])].stream
        for mcid in (kid for kid in element["K"] if isinstance(kid, int)):
            position = next(
                index
                for index, item in enumerate(stream)
                if isinstance(item, dict) and item.get("MCID") == mcid
            )
            stream[position - 1 : position + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
            by_key[page["StructParents"]][mcid] = "null"
        element.clear()  # not freed: pydyf 0.13 then miscounts the objects that it packs


def _declare_ua(pdf: pydyf.PDF) -> None:
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _IDENTIFIER)


def _compress(pdf: pydyf.PDF) -> None:
    """pydyf would do it twice, for the file and for its identifier, and at the slowest level,
    which saves 1 %."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            content = b"\n".join(map(pydyf._to_bytes, item.stream))
            item.stream, item.compress = [zlib.compress(content)], False
            item.extra["Filter"] = "/FlateDecode"
