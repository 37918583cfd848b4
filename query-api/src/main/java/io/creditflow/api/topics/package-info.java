/** Creates the topics that contract section 2 requires, and refuses topics that differ from it. */
package io.creditflow.api.topics;
