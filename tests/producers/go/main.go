package main

import (
	"bufio"
	"context"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	"github.com/aws/aws-sdk-go-v2/service/firehose/types"
)

// Puts standard input into a stream, 500 lines a record and a call for each ten records.
func main() {
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	client := firehose.NewFromConfig(settings)
	lines := bufio.NewScanner(os.Stdin)
	records := []types.Record{}
	data := []byte{}
	put := func() {
		answer, err := client.PutRecordBatch(ctx, &firehose.PutRecordBatchInput{
			DeliveryStreamName: aws.String(os.Args[1]),
			Records:            records,
		})
		if err != nil {
			log.Fatal(err)
		}
		if *answer.FailedPutCount > 0 {
			log.Fatalf("%d records were refused", *answer.FailedPutCount)
		}
		records = nil
	}
	for count := 1; lines.Scan(); count++ {
		data = append(append(data, lines.Bytes()...), '\n')
		if count%500 == 0 {
			records = append(records, types.Record{Data: data})
			data = nil
		}
		if len(records) == 10 {
			put()
		}
	}
	if len(data) > 0 {
		records = append(records, types.Record{Data: data})
	}
	if len(records) > 0 {
		put()
	}
}
