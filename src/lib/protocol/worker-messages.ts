/** What the service worker says to an open window: go to `path`, a screen of the app. */
export const GO_TO = 'connect10.go-to';
