/** Static files: the dashboard, its configuration and the API documentation. */
package io.creditflow.api.web;
