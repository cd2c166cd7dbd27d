"""LibreOffice without a window, as somebody who opens a Word file and works in it. Installed or not: OFFICE tells."""

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SECONDS = 300
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Work"/></library:library>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{name}.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Work" script:language="StarBasic">{code}
</script:module>"""
WORK = """
Sub Work
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  {steps}
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName" : saving(0).Value = "MS Word 2007 XML"
  document.storeToURL("{target}", saving())
  document.close(True)
End Sub
Sub Dispatch(document, command)
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
End Sub
Sub ReplaceWords(document, before, after)
  found = document.createSearchDescriptor()
  found.SearchString = before
  words = document.findFirst(found)
  If IsNull(words) Then Exit Sub
  words.String = after
End Sub
Sub AddParagraph(document, behind, words)
  found = document.createSearchDescriptor()
  found.SearchString = behind
  at = document.findFirst(found)
  If IsNull(at) Then Exit Sub
  cursor = at.Text.createTextCursorByRange(at.End)
  cursor.gotoEndOfParagraph(False)
  at.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  at.Text.insertString(cursor, words, False)
End Sub
"""


class Office:
    """A profile of its own, so that several may run at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self._run("--terminate_after_init")  # makes the profile

    def accept_all(self, raw: bytes) -> bytes:
        return self.work(raw, 'Dispatch(document, ".uno:AcceptAllTrackedChanges")')

    def reject_all(self, raw: bytes) -> bytes:
        return self.work(raw, 'Dispatch(document, ".uno:RejectAllTrackedChanges")')

    def replace(self, raw: bytes, *changes: tuple[str, str], tracked: bool) -> bytes:
        """Words before and after; the file saved again as Word."""
        steps = [f"document.RecordChanges = {tracked}"]
        for before, after in changes:
            steps.append(f"ReplaceWords(document, {_text(before)}, {_text(after)})")
        return self.work(raw, "\n  ".join(steps))

    def work(self, raw: bytes, steps: str) -> bytes:
        """The file after these lines of Basic, saved by LibreOffice."""
        source = self.folder / "source.docx"
        target = self.folder / "target.docx"
        source.write_bytes(raw)
        target.unlink(missing_ok=True)
        code = WORK.format(source=source.as_uri(), target=target.as_uri(), steps=steps)
        basic = self.profile / "user" / "basic"
        (basic / "Standard").mkdir(parents=True, exist_ok=True)
        for name in ("script", "dialog"):
            (basic / f"{name}.xlc").write_text(LIBRARIES.format(name=name))
        (basic / "Standard" / "script.xlb").write_text(LIBRARY)
        (basic / "Standard" / "dialog.xlb").write_text(
            LIBRARY.replace('<library:element library:name="Work"/>', "")
        )
        (basic / "Standard" / "Work.xba").write_text(MODULE.format(code=escape(code)))
        told = self._run("macro:///Standard.Work.Work")
        assert target.exists(), told
        return target.read_bytes()

    def by_way_of_odt(self, raw: bytes) -> bytes:
        """Saved as OpenDocument, and from there as Word again."""
        source = self.folder / "kept.docx"
        source.write_bytes(raw)
        kept = str(self.folder)
        self._run("--convert-to", "odt", "--outdir", kept, str(source))
        source.unlink()
        odt = str(self.folder / "kept.odt")
        told = self._run("--convert-to", "docx:MS Word 2007 XML", "--outdir", kept, odt)
        assert source.exists(), told
        return source.read_bytes()

    def _run(self, *arguments: str) -> str:
        assert OFFICE is not None
        profile = f"-env:UserInstallation={self.profile.as_uri()}"
        done = subprocess.run(
            [OFFICE, "--headless", "--norestore", profile, *arguments],
            check=False,
            capture_output=True,
            timeout=SECONDS,
        )
        return done.stderr.decode()


def _text(words: str) -> str:
    """As Basic writes it."""
    doubled = words.replace('"', '""')
    return f'"{doubled}"'
