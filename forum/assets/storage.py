"""What the collector of static files and the pages ask: names by content, files put together and made small."""

from collections.abc import Callable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from forum.assets import scripts, styles
from forum.assets.files import Paths, Text


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; style sheets and modules carry what they import."""

    support_js_module_import_aggregation = True

    def __init__(self, *arguments: Any, minify: Callable[[str], str] = str, **options: Any) -> None:
        """Take, from the collector only, what makes the text of a module smaller."""
        self.minify = minify
        super().__init__(*arguments, **options)

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Put what is joined in the place of the files themselves, then go on as usual."""
        if not dry_run:
            paths = self.joined(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def joined(self, paths: Paths) -> Paths:
        """Return the files with style sheets and modules put together; modules that are part of others go."""
        modules, parts = scripts.bundles(paths)
        texts = styles.bundles(paths) | {name: self.minify(text) for name, text in modules.items()}
        kept = {name: place for name, place in paths.items() if name not in parts}
        return kept | {name: (Text(text), name) for name, text in texts.items()}
