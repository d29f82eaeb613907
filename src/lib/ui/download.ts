/** Starts a download; on phones the file lands in the files app. */
export function download(name: string, text: string, mediaType: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	// Safari reads the address only after the click has been handled.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
