/** Hands a report over as a file. */

/** Beside the list's own name, so that the two stay together: `cases.csv` → `cases-report.csv`. */
export function reportName(fileName: string, word: string): string {
	return `${fileName.replace(/\.[^.]*$/, '')}-${word}.csv`;
}

/** Starts a download; on phones the file lands in the files app. */
export function downloadCsv(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	// Safari reads the address only after the click has been handled.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
