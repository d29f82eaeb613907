/** A QR matrix as one SVG path. */

/** One horizontal run of dark modules becomes one rectangle. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
	let path = '';
	rows.forEach((row, y) => {
		let start = -1;
		for (let x = 0; x <= row.length; x += 1) {
			const dark = row[x] === true;
			if (dark && start === -1) start = x;
			if (!dark && start !== -1) {
				path += `M${start} ${y}h${x - start}v1h${start - x}z`;
				start = -1;
			}
		}
	});
	return path;
}
