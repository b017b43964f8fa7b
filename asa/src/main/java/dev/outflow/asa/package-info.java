/** {@code ./outflow import}: turns a job of Azure Stream Analytics into one of Outflow. */
package dev.outflow.asa;
