/** The endpoints for operators: lag and rejected records (contract section 4), and draining. */
package io.creditflow.api.ops;
