/** The address under which the browser shows a picture that is not stored yet, '' for none; given back when another takes its place. */
export function pictureAddress(bytesOf: () => Uint8Array<ArrayBuffer> | null): {
	readonly address: string;
} {
	let address = $state('');
	$effect(() => {
		const bytes = bytesOf();
		if (bytes === null) return;
		const made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
		address = made;
		return () => URL.revokeObjectURL(made);
	});
	return {
		get address() {
			return address;
		}
	};
}
