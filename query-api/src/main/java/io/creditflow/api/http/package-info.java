/**
 * HTTP as the contract wants it, whatever the question: strict parameters, problems (RFC 9457),
 * ETags, security headers, limits. Knows nothing of credits.
 */
package io.creditflow.api.http;
