/**
 * The HTTP layer, independent of credits: strict parameters, problems (RFC 9457), ETags, security
 * headers and limits, as the contract requires.
 */
package io.creditflow.api.http;
