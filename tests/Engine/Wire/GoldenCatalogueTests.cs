using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

/// <summary>What Apache Kafka 4.3.1 says of its messages and APIs, and what the catalogue says.</summary>
public sealed class GoldenCatalogueTests
{
    /// <summary>Kafka 4.4 adds versions, and ours reach down to those of 3.9.</summary>
    [Fact]
    public void Every_message_of_Kafka_is_there_with_all_its_versions()
    {
        foreach (var entry in GoldenFiles.Index)
        {
            var type = MessageTypes.Of(entry.Name);
            Assert.True(
                type.LowestVersion <= entry.Lowest && entry.Highest <= type.HighestVersion, entry.Name);
            if (entry.FlexibleFrom >= 0)
            {
                Assert.Equal(type.FirstFlexibleVersion <= entry.Highest, entry.FlexibleFrom <= entry.Highest);
                Assert.Equal(
                    Math.Max(type.FirstFlexibleVersion, entry.Lowest),
                    Math.Max(entry.FlexibleFrom, entry.Lowest));
            }
            else
            {
                Assert.True(type.FirstFlexibleVersion > entry.Highest, entry.Name);
            }
        }
    }

    [Fact]
    public void Keys_headers_listeners_and_unstable_versions_are_those_of_Kafka()
    {
        foreach (var entry in GoldenFiles.Index.Where(entry => entry.Group == "protocol"))
        {
            Assert.True(ApiCatalogue.TryFind(entry.ApiKey, out var api), entry.Name);
            var isRequest = entry.Name == api.Name + "Request";
            Assert.True(isRequest || entry.Name == api.Name + "Response", entry.Name);
            Func<short, short> header = isRequest ? api.RequestHeaderVersion : api.ResponseHeaderVersion;
            Assert.Equal(entry.HeaderVersions, Versions(entry).Select(header));
            if (isRequest)
            {
                Assert.Equal(entry.LatestUnstable, api.IsNewestUnstable);
                Assert.Equal(entry.Listeners.Contains("BROKER"), api.Listeners.HasFlag(ApiListeners.Broker));
                Assert.Equal(
                    entry.Listeners.Contains("CONTROLLER"), api.Listeners.HasFlag(ApiListeners.Controller));
            }
        }
    }

    [Fact]
    public void Record_types_are_those_of_Kafka()
    {
        var records = GoldenFiles.Index.Where(
            entry => entry.Group is "metadata-record" or "coordinator-record");
        foreach (var entry in records)
        {
            var type = MessageTypes.Of(entry.Name).New() switch
            {
                IMetadataRecord record => record.RecordType,
                ICoordinatorKey key => key.RecordType,
                ICoordinatorValue value => value.RecordType,
                _ => (short)-1,
            };
            Assert.Equal(entry.ApiKey, type);
        }
    }

    /// <summary>The key of every API is known and its name is Kafka's, in capitals.</summary>
    [WholeGoldenFact]
    public void Answers_of_a_Kafka_broker_to_ApiVersions_read_as_their_json()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(GoldenFiles.Folder!, "api-versions.json")));
        var bytes = new MessageBytes();
        foreach (var listener in new[] { "broker", "controller" })
        {
            foreach (short version in new[] { 0, 3, 4 })
            {
                var answers = document.RootElement.GetProperty(listener);
                var body = Convert.FromHexString(answers.GetProperty($"v{version}Hex").GetString()!);
                var answer = (ApiVersionsResponse)MessageTypes.Of(nameof(ApiVersionsResponse)).ReadAll(
                    body, version);
                Assert.Equal(body, bytes.Of(answer, version));
                Assert.Equal(Advertised(answers.GetProperty($"v{version}")), answer.ApiKeys.Select(NameOf));
            }
        }
    }

    private static IEnumerable<short> Versions(GoldenEntry entry) =>
        Enumerable.Range(entry.Lowest, entry.Highest - entry.Lowest + 1).Select(version => (short)version);

    private static IEnumerable<string> Advertised(JsonElement answer)
    {
        foreach (var api in answer.GetProperty("apiKeys").EnumerateArray())
        {
            var versions = $"{api.GetProperty("minVersion")}-{api.GetProperty("maxVersion")}";
            yield return $"{api.GetProperty("apiKey")} {api.GetProperty("name")} {versions}";
        }
    }

    private static string NameOf(ApiVersionsResponseApiVersion api)
    {
        var name = ApiCatalogue.Of((ApiKey)api.ApiKey).Name;
        var spaced = string.Concat(
            name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? "_" + letter : letter.ToString()));
        return $"{api.ApiKey} {spaced.ToUpperInvariant()} {api.MinVersion}-{api.MaxVersion}";
    }
}
