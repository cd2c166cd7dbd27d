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
        root = Dictionary(Type=Name.StructTreeRoot)
        self.root = out.make_indirect(root)
        document = Dictionary(
            Type=Name.StructElem,
            S=Name.Document,
            P=self.root,
            K=Array(),
        )
        self.document = out.make_indirect(document)
        self.parents: list[Object] = []
        self.names: dict[str, Object] = {}

    def add_chunk(self, source: Pdf, pages: Sequence[Object]) -> None:
        """Take over the tree of a chunk; `pages` are its pages in the new file."""
        tree = source.make_indirect(source.Root.StructTreeRoot)
        copied = self.out.copy_foreign(tree)
        document = copied.K
        if isinstance(document, Array):
            document = document[0]
        for child in document.K:
            child.P = self.document
            self.document.K.append(child)
        if "/IDTree" in copied:
            for name, element in pairs(copied.IDTree.Names):
                self.names[str(name)] = element
        # Each chunk counts its pages and links from 0: they go on counting where the chunk before ended
        parent_of = {}
        for number, parents in pairs(copied.ParentTree.Nums):
            parent_of[int(number)] = parents
        for page in pages:
            self._renumber(page, "/StructParents", parent_of)
            annotations = page.get("/Annots", Array())
            for annotation in annotations:
                self._renumber(annotation, "/StructParent", parent_of)

    def _renumber(
        self, owner: Object, key: str, parent_of: Mapping[int, Object]
    ) -> None:
        """Give a page or link its number in the tree of the book; `key` is where it keeps it."""
        if key not in owner:
            return
        number = int(owner[key])
        if number in parent_of:
            owner[key] = len(self.parents)
            self.parents.append(parent_of[number])

    def close(self) -> None:
        """Write the trees into the file, once all chunks are added."""
        self.root.K = Array([self.document])
        numbers = Array()
        for number, parents in enumerate(self.parents):
            numbers.append(number)
            numbers.append(parents)
        parent_tree = Dictionary(Nums=numbers)
        self.root.ParentTree = self.out.make_indirect(parent_tree)
        self.root.ParentTreeNextKey = len(self.parents)
        # A name tree is sorted by the bytes of its names
        names = Array()
        for name in sorted(self.names, key=str.encode):
            names.append(String(name))
            names.append(self.names[name])
        id_tree = Dictionary(Names=names)
        self.root.IDTree = self.out.make_indirect(id_tree)
        catalog = self.out.Root
        catalog.StructTreeRoot = self.root
        catalog.MarkInfo = Dictionary(Marked=True)
