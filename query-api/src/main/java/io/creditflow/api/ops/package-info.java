/** What operators ask: how far processing is behind, and what it refused (contract section 4). */
package io.creditflow.api.ops;
