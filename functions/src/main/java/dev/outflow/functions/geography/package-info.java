/**
 * Geospatial functions of GeoJSON records. {@link dev.outflow.functions.OutflowModule} names them.
 */
package dev.outflow.functions.geography;
