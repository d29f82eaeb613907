/** Reads QR codes off a running video: with the browser's own reader where it has one, else with ours, which is loaded only then. */

export type FrameReader = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector {
	detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
	new (options: { readonly formats: readonly string[] }): Detector;
	getSupportedFormats(): Promise<readonly string[]>;
}

/** A sheet fills half the picture: this is ample, and quick on a slow phone. Pixels. */
const LONG_SIDE = 640;

export async function frameReader(): Promise<FrameReader> {
	// TypeScript's library does not know it yet; some browsers have it without any format.
	const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
	if (BarcodeDetector && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
		const detector = new BarcodeDetector({ formats: ['qr_code'] });
		return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
	}
	const { decodeQR } = await import('qr/decode.js');
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('2d', { willReadFrequently: true });
	return (video) => {
		const shrink = Math.min(1, LONG_SIDE / Math.max(video.videoWidth, video.videoHeight));
		canvas.width = Math.round(video.videoWidth * shrink);
		canvas.height = Math.round(video.videoHeight * shrink);
		if (!context || canvas.width === 0) return Promise.resolve(null);
		context.drawImage(video, 0, 0, canvas.width, canvas.height);
		try {
			return Promise.resolve(decodeQR(context.getImageData(0, 0, canvas.width, canvas.height)));
		} catch {
			// No code in this picture.
			return Promise.resolve(null);
		}
	};
}
