/**
 * Which parts of the browser's code travel together (docs/decisions/007-shared-chunks.md): what the Today screen stands on is one
 * file, what opens the store and runs sync another. All else is left to the bundler.
 */
import { join } from 'node:path';

/** The part of the bundler's view that is needed here. */
interface ModuleGraph {
	getModuleInfo(
		id: string
	): { readonly importedIds: readonly string[]; readonly code: string | null } | null;
}

const root = join(import.meta.dirname, '..');
const messagesDir = join(root, 'src/lib/paraglide/messages');

export const chunkGroups = [
	{
		priority: 2,
		name: grouped('first', [
			'node_modules/@sveltejs/kit/src/runtime/client/entry.js',
			'src/routes/+layout.svelte',
			'src/routes/+page.svelte'
		])
	},
	{ priority: 1, name: grouped('engine', ['src/lib/app/open-workspace.ts']) }
];

/** Names the group of every module that the entries import, however far away, without a dynamic import(). */
function grouped(name: string, entries: readonly string[]) {
	let members: ReadonlySet<string> | null = null;
	return (id: string, graph: ModuleGraph): string | null => {
		members ??= reachableFrom(entries, graph);
		return members.has(id) ? name : null;
	};
}

/**
 * All messages are imported as one namespace, `m`, so that each would be reachable from everywhere: of them only those count that are
 * named, as `m.a_message`.
 */
function reachableFrom(entries: readonly string[], graph: ModuleGraph): Set<string> {
	const reached = new Set<string>();
	const pending = entries.map((entry) => join(root, entry));
	for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
		if (reached.has(id) || id.startsWith(messagesDir)) continue;
		reached.add(id);
		const module = graph.getModuleInfo(id);
		pending.push(...(module?.importedIds ?? []));
		for (const [, message = ''] of module?.code?.matchAll(/\bm\.(\w+)/g) ?? []) {
			reached.add(join(messagesDir, `${message}.js`));
		}
	}
	return reached;
}
