"""The parts of a report about servants: what may be shown to whom, tables, charts and worked sheets."""
