/** Each person who uses this phone has a store of their own. */
export function databaseName(userId: string): string {
	return `connect10-${userId}`;
}
