/**
 * Draws a picture anew, small enough for a bad line. What the camera wrote beside the picture (place, time, device) is not drawn, so it is
 * gone. The browser does the work; a kind of picture that it cannot show, it cannot draw either.
 */

export interface ShrunkPicture {
	readonly full: Uint8Array<ArrayBuffer>;
	readonly thumb: Uint8Array<ArrayBuffer>;
	/** Pixels of the full one. */
	readonly width: number;
	readonly height: number;
}

/** unreadable: no picture that this browser knows · too_large: more than a phone can draw */
export type PictureProblem = 'unreadable' | 'too_large';

export class PictureError extends Error {
	readonly kind: PictureProblem;

	constructor(kind: PictureProblem, cause?: unknown) {
		super(`The picture cannot be used: ${kind}`, { cause });
		this.name = 'PictureError';
		this.kind = kind;
	}
}

const MAX_FILE_BYTES = 60_000_000;
const MAX_PIXELS = 80_000_000;
interface Limit {
	/** The longer side, pixels. */
	readonly edge: number;
	readonly bytes: number;
}

const FULL: Limit = { edge: 1600, bytes: 300_000 };
/** Of a sheet of paper: small print stays legible. */
export const PAPER: Limit = { edge: 2400, bytes: 900_000 };
const THUMB: Limit = { edge: 320, bytes: 20_000 };
const QUALITIES = [0.82, 0.7, 0.58, 0.46] as const;
/** Each time a picture is still too large at the lowest quality. */
const SMALLER = 0.75;

/** @throws {PictureError} */
export async function shrinkPicture(file: Blob, limit = FULL): Promise<ShrunkPicture> {
	if (file.size > MAX_FILE_BYTES) throw new PictureError('too_large');
	const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
		(cause: unknown) => {
			throw new PictureError('unreadable', cause);
		}
	);
	try {
		if (bitmap.width * bitmap.height > MAX_PIXELS) throw new PictureError('too_large');
		const full = await encode(bitmap, limit);
		const thumb = await encode(bitmap, THUMB);
		return { full: full.bytes, thumb: thumb.bytes, width: full.width, height: full.height };
	} finally {
		bitmap.close();
	}
}

interface Encoded {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly width: number;
	readonly height: number;
}

async function encode(bitmap: ImageBitmap, limit: Limit): Promise<Encoded> {
	for (let edge: number = limit.edge; ; edge *= SMALLER) {
		const canvas = draw(bitmap, edge);
		for (const quality of QUALITIES) {
			const blob = await toJpeg(canvas, quality);
			if (blob.size > limit.bytes) continue;
			const { width, height } = canvas;
			return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
		}
	}
}

/** A canvas of the page: a worker's is not known to every phone in use. */
function draw(bitmap: ImageBitmap, edge: number): HTMLCanvasElement {
	const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(bitmap.width * scale));
	canvas.height = Math.max(1, Math.round(bitmap.height * scale));
	const context = canvas.getContext('2d');
	if (context === null) throw new PictureError('too_large');
	// What is transparent would turn black.
	context.fillStyle = '#fff';
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	return canvas;
}

async function toJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
	return await new Promise((resolve, reject) => {
		canvas.toBlob(
			(blob) => {
				if (blob) resolve(blob);
				else reject(new PictureError('too_large'));
			},
			'image/jpeg',
			quality
		);
	});
}
