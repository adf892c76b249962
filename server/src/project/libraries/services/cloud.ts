import { lazy } from '../connect';
import { defineLibrary, each, type Library } from '../library';

/** Storage, queues and databases of cloud providers. */
export const cloudLibraries: readonly Library[] = [
  // Their clients know where they are by themselves.
  defineLibrary({
    packages: [
      'firebase-admin',
      '@supabase/supabase-js',
      '@google-cloud/firestore',
      '@aws-sdk/lib-dynamodb',
    ],
    traits: ['data'],
  }),
  defineLibrary({
    packages: [
      'minio',
      '@aws-sdk/client-s3',
      'aws-sdk',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-sqs',
      '@aws-sdk/client-sns',
      '@aws-sdk/client-ses',
      '@google-cloud/storage',
      'aws-sdk/clients/s3',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-kinesis',
      '@azure/storage-blob',
      '@azure/storage-queue',
      '@azure/service-bus',
      '@azure/event-hubs',
      '@azure/cosmos',
      '@azure/data-tables',
    ],
    calls: {
      'new @google-cloud/storage.Storage': lazy('object-storage', { url: '0.apiEndpoint' }),
      ...each(
        [
          'new @azure/storage-blob.BlobServiceClient',
          '@azure/storage-blob.BlobServiceClient.fromConnectionString',
          'new @azure/storage-blob.ContainerClient',
        ],
        lazy('object-storage', { url: '0' }),
      ),
      ...each(
        [
          'new @azure/storage-queue.QueueServiceClient',
          '@azure/storage-queue.QueueServiceClient.fromConnectionString',
          'new @azure/service-bus.ServiceBusClient',
          'new @azure/event-hubs.EventHubProducerClient',
        ],
        lazy('queue', { url: '0' }),
      ),
      'new @azure/cosmos.CosmosClient': lazy('sql', { url: '0.endpoint|0', password: '0.key' }),
      'new @azure/data-tables.TableClient': lazy('sql', { url: '0' }),
      'new minio.Client': lazy('object-storage', {
        host: '0.endPoint',
        port: '0.port',
        user: '0.accessKey',
        password: '0.secretKey',
      }),
      ...each(
        ['new minio', 'new minio.default'],
        lazy('object-storage', {
          host: '0.endPoint',
          port: '0.port',
          user: '0.accessKey',
          password: '0.secretKey',
        }),
      ),
      ...each(
        [
          'new @aws-sdk/client-s3.S3Client',
          'new @aws-sdk/client-s3.S3',
          'new aws-sdk.S3',
          'new aws-sdk/clients/s3',
        ],
        lazy('object-storage', {
          url: '0.endpoint',
          password: '0.credentials.secretAccessKey|0.secretAccessKey',
        }),
      ),
      ...each(
        [
          'DynamoDBClient:client-dynamodb',
          'DynamoDB:client-dynamodb',
          'SQSClient:client-sqs',
          'SQS:client-sqs',
          'SNSClient:client-sns',
          'SESClient:client-ses',
          'SecretsManagerClient:client-secrets-manager',
          'KinesisClient:client-kinesis',
        ].map((entry) => {
          const [name = '', from = ''] = entry.split(':');
          return `new @aws-sdk/${from}.${name}`;
        }),
        lazy('http', { url: '0.endpoint', password: '0.credentials.secretAccessKey' }),
      ),
      ...each(
        [
          'SQS',
          'SNS',
          'SES',
          'DynamoDB',
          'DynamoDB.DocumentClient',
          'Lambda',
          'SecretsManager',
          'CognitoIdentityServiceProvider',
          'CloudWatchLogs',
          'Kinesis',
          'EC2',
          'Rekognition',
          'Endpoint',
        ].map((name) => `new aws-sdk.${name}`),
        lazy('http', {
          url: '0.endpoint',
          password: '0.secretAccessKey|0.credentials.secretAccessKey',
        }),
      ),
      'aws-sdk.config.update': lazy('http', {
        url: '0.endpoint',
        password: '0.secretAccessKey|0.credentials.secretAccessKey',
      }),
    },
  }),
];
