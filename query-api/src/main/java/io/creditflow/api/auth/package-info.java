/**
 * Authentication and permissions of callers (contract section 4, Auth). Tokens are JWTs that are
 * signed with RS256, ES256 or EdDSA by a key of the configured JWKS.
 */
package io.creditflow.api.auth;
