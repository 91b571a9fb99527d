"""The auditor's workbook: every line of the order as a live formula beside the value the toolkit found."""
