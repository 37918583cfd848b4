/**
 * Who asks and what they may read (contract section 4, Auth): tokens are JWTs signed with RS256,
 * ES256 or EdDSA by a key of the configured JWKS, and nothing else is a token.
 */
package io.creditflow.api.auth;
