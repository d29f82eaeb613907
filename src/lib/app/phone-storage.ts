/** What the browser says of the space that this app has. */
import type { PhoneStorage } from '#lib/features/settings/port.ts';

/** iOS before 15.2 and pages without HTTPS have no storage manager. */
const manager = (): Partial<StorageManager> => ('storage' in navigator ? navigator.storage : {});

export async function readPhoneStorage(): Promise<PhoneStorage> {
	const { usage = null, quota = null } = (await manager().estimate?.call(navigator.storage)) ?? {};
	return { usedBytes: usage, quotaBytes: quota, persisted: await isPersisted() };
}

/** Whether the browser promised not to clear this app by itself; null = it does not say. */
export async function isPersisted(): Promise<boolean | null> {
	return (await manager().persisted?.call(navigator.storage)) ?? null;
}

/** Asks that the browser never clears this app by itself; answers whether it agreed. */
export async function askToPersist(): Promise<boolean> {
	return (await manager().persist?.call(navigator.storage)) ?? false;
}
