/** Beside the list's own name, so that the two stay together: `cases.csv` → `cases-report.csv`. */
export function reportName(fileName: string, word: string): string {
	return `${fileName.replace(/\.[^.]*$/, '')}-${word}.csv`;
}
