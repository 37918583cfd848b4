/** The topics as contract section 2 wants them: made if missing, refused if different. */
package io.creditflow.api.topics;
