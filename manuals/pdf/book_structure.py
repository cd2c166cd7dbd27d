"""The structure trees of the chunks as one: document → their top elements, with one parent tree."""

from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


def pairs(tree: Object) -> Iterator[tuple[Object, Object]]:
    """The leaf of a name or number tree has keys and values by turns."""
    for at in range(0, len(tree), 2):
        yield tree[at], tree[at + 1]


class BookStructure:
    """The tree of the new file. `parents` is its parent tree: what marked content and links belong to, by number."""

    def __init__(self, out: Pdf) -> None:
        self.out = out
        self.root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = out.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Document,
                P=self.root,
                K=Array(),
            )
        )
        self.parents: list[Object] = []
        self.names: dict[str, Object] = {}

    def add_chunk(self, source: Pdf, pages: Sequence[Object]) -> None:
        """Take over the tree of a chunk; `pages` are its pages in the new file."""
        tree = source.Root.StructTreeRoot
        copied = self.out.copy_foreign(source.make_indirect(tree))
        document = copied.K
        if isinstance(document, Array):
            document = document[0]
        for child in document.K:
            child.P = self.document
            self.document.K.append(child)
        if "/IDTree" in copied:
            for name, element in pairs(copied.IDTree.Names):
                self.names[str(name)] = element
        parent_of = {}
        for number, parents in pairs(copied.ParentTree.Nums):
            parent_of[int(number)] = parents
        for page in pages:
            self._renumber(page, "/StructParents", parent_of)
            for annotation in page.get("/Annots", Array()):
                self._renumber(annotation, "/StructParent", parent_of)

    def _renumber(self, owner: Object, key: str, parent_of: Mapping[int, Object]) -> None:
        if key in owner and int(owner[key]) in parent_of:
            self.parents.append(parent_of[int(owner[key])])
            owner[key] = len(self.parents) - 1

    def close(self) -> None:
        """Write the trees into the file, once all chunks are added."""
        self.root.K = Array([self.document])
        numbers = Array()
        for number, parents in enumerate(self.parents):
            numbers.append(number)
            numbers.append(parents)
        self.root.ParentTree = self.out.make_indirect(Dictionary(Nums=numbers))
        self.root.ParentTreeNextKey = len(self.parents)
        names = Array()
        for name in sorted(self.names, key=str.encode):
            names.append(String(name))
            names.append(self.names[name])
        self.root.IDTree = self.out.make_indirect(Dictionary(Names=names))
        self.out.Root.StructTreeRoot = self.root
        self.out.Root.MarkInfo = Dictionary(Marked=True)
