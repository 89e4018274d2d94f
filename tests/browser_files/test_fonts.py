"""The face of the page for the frame of the map."""

from importlib.machinery import ModuleSpec

from pilotzones.browser import fonts


def test_the_face_is_that_of_the_installed_streamlit():
    style = fonts.font_face()
    assert 'font-family:"Source Sans"' in style
    assert '"../../static/media/SourceSansVF-Upright' in style


def test_without_the_file_the_system_has_the_face(monkeypatch, tmp_path):
    for spec in (None, ModuleSpec("streamlit", None, origin=str(tmp_path / "__init__.py"))):
        monkeypatch.setattr(fonts, "find_spec", lambda _, spec=spec: spec)
        assert "@font-face" not in fonts.font_face()
