using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

public sealed class ApiCatalogueTests
{
    [Fact]
    public void Keys_ascend_and_each_has_an_entry_and_both_bodies()
    {
        var bytes = new MessageBytes();
        var previous = -1;
        foreach (var key in ApiCatalogue.Keys)
        {
            Assert.True((int)key > previous);
            previous = (int)key;
            var entry = ApiCatalogue.Of(key);
            Assert.Equal(key.ToString(), entry.Name);
            var (request, response) = (
                MessageTypes.Of(entry.Name + "Request"), MessageTypes.Of(entry.Name + "Response"));
            Assert.Equal(
                (entry.LowestVersion, entry.HighestVersion), (request.LowestVersion, request.HighestVersion));
            Assert.Equal(request.LowestVersion, response.LowestVersion);
            Assert.Equal(request.HighestVersion, response.HighestVersion);
            Assert.Equal(entry.FirstFlexibleVersion, response.FirstFlexibleVersion);
            Assert.Equal(key, ((IRequest)request.New()).ApiKey);
            Assert.Equal(key, ApiCatalogue.NewResponse(key).ApiKey);
            var reader = new WireReader(bytes.Of(request.New(), entry.HighestVersion));
            Assert.IsType(request.Type, ApiCatalogue.ReadRequest(key, ref reader, entry.HighestVersion));
        }
        Assert.Equal(91, ApiCatalogue.Keys.Length);
    }

    /// <summary>
    /// Kafka 4.4's highest version, and 3.9's lowest but for APIs whose old versions nobody sends.
    /// </summary>
    [Theory]
    [InlineData(ApiKey.Produce, 3, 13)]
    [InlineData(ApiKey.Fetch, 4, 18)]
    [InlineData(ApiKey.ListOffsets, 0, 11)]
    [InlineData(ApiKey.Metadata, 0, 13)]
    [InlineData(ApiKey.OffsetCommit, 0, 10)]
    [InlineData(ApiKey.OffsetFetch, 0, 10)]
    [InlineData(ApiKey.ApiVersions, 0, 5)]
    [InlineData(ApiKey.CreateTopics, 0, 7)]
    [InlineData(ApiKey.WriteTxnMarkers, 1, 2)]
    [InlineData(ApiKey.DescribeConfigs, 0, 4)]
    [InlineData(ApiKey.AlterPartition, 2, 3)]
    [InlineData(ApiKey.ShareFetch, 1, 2)]
    public void Versions_are_those_of_two_generations_of_Kafka(ApiKey key, short lowest, short highest)
    {
        var entry = ApiCatalogue.Of(key);
        Assert.Equal((lowest, highest), (entry.LowestVersion, entry.HighestVersion));
        Assert.False(entry.Has((short)(lowest - 1)));
        Assert.True(entry.Has(lowest));
        Assert.False(entry.Has((short)(highest + 1)));
    }

    [Fact]
    public void Only_the_newest_InitProducerId_is_unstable()
    {
        var unstable = new List<ApiKey>();
        foreach (var key in ApiCatalogue.Keys)
        {
            if (ApiCatalogue.Of(key).IsNewestUnstable)
            {
                unstable.Add(key);
            }
        }
        Assert.Equal([ApiKey.InitProducerId], unstable);
        Assert.Equal(5, ApiCatalogue.Of(ApiKey.InitProducerId).HighestStableVersion);
    }

    [Fact]
    public void Keys_of_no_api_are_not_found()
    {
        foreach (short key in new[] { -1, 4, 5, 6, 7, 95, short.MaxValue })
        {
            Assert.False(ApiCatalogue.TryFind(key, out _));
        }
        Assert.Throws<InvariantException>(() => ApiCatalogue.Of((ApiKey)4));
        Assert.Throws<InvariantException>(() => ApiCatalogue.NewResponse((ApiKey)4));
    }

    /// <summary>SaslHandshake and OffsetDelete never become flexible (KAFKA-9577).</summary>
    [Fact]
    public void Headers_follow_the_first_flexible_version()
    {
        Assert.Equal(1, ApiCatalogue.Of(ApiKey.OffsetDelete).RequestHeaderVersion(0));
        Assert.Equal(1, ApiCatalogue.Of(ApiKey.SaslHandshake).RequestHeaderVersion(1));
        Assert.Equal(1, ApiCatalogue.Of(ApiKey.Produce).RequestHeaderVersion(8));
        Assert.Equal(2, ApiCatalogue.Of(ApiKey.Produce).RequestHeaderVersion(9));
        Assert.Equal(2, ApiCatalogue.Of(ApiKey.ApiVersions).RequestHeaderVersion(3));
        Assert.Equal(0, ApiCatalogue.Of(ApiKey.ApiVersions).ResponseHeaderVersion(5));
    }
}
