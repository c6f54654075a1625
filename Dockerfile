# Readout with its weights in one image: docker build -t readout . && docker run -v "$PWD:/work" readout read reports
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev python3-pip && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --locked --profile dist --package readout-cli && cp target/dist/readout /usr/local/bin/readout
RUN READOUT_MODEL_DIR=/model readout model add

FROM debian:bookworm-slim
COPY --from=build /usr/local/bin/readout /usr/local/bin/readout
COPY --from=build /model /model
COPY LICENSE-MIT LICENSE-APACHE NOTICE /usr/share/doc/readout/
ENV READOUT_MODEL_DIR=/model
RUN useradd --create-home reader
USER reader
WORKDIR /work
ENTRYPOINT ["readout"]
CMD ["--help"]
