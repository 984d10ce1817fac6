"""The exporters, under the names by which ``nbgrader export --exporter`` is given them."""

from classroom.handback.export import CanvasExporter, CsvExporter, MoodleExporter
from classroom.handback.letters import LettersExporter
from classroom.handback.total import TotalExporter

__all__ = ["CanvasExporter", "CsvExporter", "LettersExporter", "MoodleExporter", "TotalExporter"]
