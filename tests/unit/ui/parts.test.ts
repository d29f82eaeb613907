import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { chunksOf } from '#lib/ui/chunks.ts';
import { toHalfWidth } from '#lib/ui/half-width.ts';
import { avatarHue, initialsOf } from '#lib/ui/initials.ts';
import { columnOf, moveOf } from '#lib/ui/kanban-move.ts';
import { menuPosition } from '#lib/ui/menu-position.ts';
import { qrPath } from '#lib/ui/qr-path.ts';

test('a Han name shows its last two characters, others their first letters', () => {
	expect(initialsOf('林阿嬤')).toBe('阿嬤');
	expect(initialsOf('歐陽小娟')).toBe('小娟');
	expect(initialsOf('王')).toBe('王');
	expect(initialsOf('Nguyễn Thị Đào')).toBe('NĐ');
	expect(initialsOf('siti')).toBe('S');
	expect(initialsOf('  ')).toBe('?');
	expect(initialsOf('𠮷田𠮷')).toBe('田𠮷');
});

test('a person keeps the same ground everywhere', () => {
	expect(avatarHue('林阿嬤', 6)).toBe(avatarHue('林阿嬤', 6));
	expect(avatarHue('', 6)).toBe(0);
});

test('full-width digits, point and minus become half-width', () => {
	expect(toHalfWidth('１２０．５')).toBe('120.5');
	expect(toHalfWidth('－３')).toBe('-3');
	expect(toHalfWidth('36。5')).toBe('36.5');
	expect(toHalfWidth('約 120')).toBe('約 120');
});

test('chunks keep order, start and the shorter rest', () => {
	expect(chunksOf(['a', 'b', 'c'], 2)).toEqual([
		{ start: 0, items: ['a', 'b'] },
		{ start: 2, items: ['c'] }
	]);
	expect(chunksOf([], 2)).toEqual([]);
});

const board = [
	{ id: 'todo', title: 'To do', items: [{ id: 'a' }, { id: 'b' }] },
	{ id: 'done', title: 'Done', items: [] }
];

test('a drop into another column is a move; back into its own, or of a card that is gone, is none', () => {
	expect(columnOf(board, 'b')).toBe('todo');
	expect(moveOf(board, 'a', 'done')).toEqual({ id: 'a', from: 'todo', to: 'done' });
	expect(moveOf(board, 'a', 'todo')).toBeNull();
	expect(moveOf(board, 'gone', 'done')).toBeNull();
});

const screen = { width: 320, height: 640 };
const menu = { width: 200, height: 300 };

test('a menu opens below its button, above it at the bottom, and never leaves the screen', () => {
	const top = { left: 270, right: 318, top: 10, bottom: 58 };
	expect(menuPosition(top, menu, screen)).toEqual({ left: 112, top: 62 });
	const bottom = { left: 0, right: 48, top: 560, bottom: 608 };
	expect(menuPosition(bottom, menu, screen)).toEqual({ left: 8, top: 256 });
	const middle = { left: 100, right: 148, top: 296, bottom: 344 };
	expect(menuPosition(middle, { width: 310, height: 600 }, screen)).toEqual({ left: 8, top: 32 });
});

test('the path of a QR code covers exactly its dark modules', () => {
	const { data, size } = encode('https://example.org/invite', { border: 4 });
	const drawn = data.map((row) => row.map(() => false));
	for (const [, x, y, width] of qrPath(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
		for (let step = 0; step < Number(width); step += 1) {
			const row = drawn[Number(y)];
			if (row) row[Number(x) + step] = true;
		}
	}
	expect(drawn).toEqual(data);
	expect(size).toBe(data.length);
});
