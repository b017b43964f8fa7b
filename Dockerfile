# Flink with the job in conf/job.yaml, for application mode: a cluster that runs only this job.
#
#   mvn -DskipTests package && docker build -t outflow .
FROM flink:2.3.0-java17

LABEL org.opencontainers.image.title="outflow" \
      org.opencontainers.image.description="Apache Flink jobs with a Kafka output that has the properties of Azure Stream Analytics" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="flink:2.3.0-java17"

ENV LC_ALL=C.UTF-8
COPY --chown=flink:flink job/target/outflow.jar /opt/flink/usrlib/outflow.jar
COPY --chown=flink:flink conf /opt/flink/usrlib/conf
COPY --chown=flink:flink conf/flink/log4j-console.properties /opt/flink/conf/log4j-console.properties
USER flink
CMD ["standalone-job", "--job-classname", "dev.outflow.job.StreamingJob", "--", "--config", "conf/job.yaml"]
