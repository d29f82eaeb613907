/** Chinese keyboards type full-width digits; numbers are kept half-width. */

/** `１２０．５` → `120.5`; other characters stay as they are. */
export function toHalfWidth(text: string): string {
	return text
		.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
		.replace(/[．。]/g, '.')
		.replace(/[－−]/g, '-');
}
