/** Derives answers from rows, from one consistent view of the state at one instant. */
package io.creditflow.view;
