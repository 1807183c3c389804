// Command kafka starts a producer of librdkafka, which comes compiled with the module.
package main

import (
	"fmt"
	"log"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

func main() {
	producer, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "127.0.0.1:1"})
	if err != nil {
		log.Fatal(err)
	}
	defer producer.Close()
	number, version := kafka.LibraryVersion()
	fmt.Printf("librdkafka %t %s\n", number > 0, version)
}
