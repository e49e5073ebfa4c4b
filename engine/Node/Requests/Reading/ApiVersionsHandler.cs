using Testbed.Node.Controller;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>
/// ApiVersions, versions 0 to 5. A version we do not have is answered in version 0 with error 35 and our
/// range of this one API, so that any client can find common ground (KIP-511).
/// </summary>
public sealed class ApiVersionsHandler(NodeContext node, ServedApis served) : IRequestHandler
{
    /// <summary>
    /// Old librdkafka gives up compression unless Produce is advertised from 0 (KAFKA-18659).
    /// </summary>
    private const short ProduceAdvertisedFrom = 0;
    private const short FirstVersionWithSoftwareName = 3;
    private const short FirstVersionWithZeroLevels = 4;

    public ApiKey Api => ApiKey.ApiVersions;

    public void Handle(Exchange exchange)
    {
        if (!exchange.Head.Api.Has(exchange.Version))
        {
            exchange.RespondAs(Unsupported(exchange.Head.Api), 0);
            return;
        }
        var reader = new WireReader(exchange.Body);
        var request = ApiVersionsRequest.Read(ref reader, exchange.Version);
        exchange.Respond(Answer(exchange.Version, request));
    }

    private ApiVersionsResponse Answer(short version, ApiVersionsRequest request)
    {
        if (version >= FirstVersionWithSoftwareName
            && !(IsSoftwareName(request.ClientSoftwareName) && IsSoftwareName(request.ClientSoftwareVersion)))
        {
            return new ApiVersionsResponse { ErrorCode = ErrorCode.InvalidRequest };
        }
        if (IdentityProblem(request) is { } identityError)
        {
            return new ApiVersionsResponse { ErrorCode = identityError };
        }
        var response = new ApiVersionsResponse();
        foreach (var api in served.Entries)
        {
            response.ApiKeys.Add(Range(api));
        }
        AddFeatures(response, version);
        return response;
    }

    /// <summary>A client that expects another cluster or node must bootstrap anew (KIP-1242).</summary>
    private ErrorCode? IdentityProblem(ApiVersionsRequest request)
    {
        if (request.ClusterId is null && request.NodeId == -1)
        {
            return null;
        }
        if (request.ClusterId is null || request.NodeId == -1)
        {
            return ErrorCode.InvalidRequest;
        }
        var isThisNode = request.ClusterId == node.ClusterId && request.NodeId == node.Settings.NodeId.Value;
        return isThisNode ? null : ErrorCode.RebootstrapRequired;
    }

    private void AddFeatures(ApiVersionsResponse response, short version)
    {
        foreach (var feature in Features.Supported)
        {
            if (version >= FirstVersionWithZeroLevels || feature.Lowest > 0)
            {
                response.SupportedFeatures.Add(new ApiVersionsResponseSupportedFeatureKey
                {
                    Name = feature.Name,
                    MinVersion = feature.Lowest,
                    MaxVersion = feature.Highest,
                });
            }
        }
        response.FinalizedFeaturesEpoch = node.Image.AppliedEnd.Value - 1;
        foreach (var (name, level) in node.Image.Features)
        {
            response.FinalizedFeatures.Add(new ApiVersionsResponseFinalizedFeatureKey
            {
                Name = name,
                MaxVersionLevel = level,
                MinVersionLevel = level,
            });
        }
    }

    private static ApiVersionsResponse Unsupported(ApiEntry api) =>
        new() { ErrorCode = ErrorCode.UnsupportedVersion, ApiKeys = [Range(api)] };

    private static ApiVersionsResponseApiVersion Range(ApiEntry api) => new()
    {
        ApiKey = (short)api.Key,
        MinVersion = api.Key == ApiKey.Produce ? ProduceAdvertisedFrom : api.LowestVersion,
        MaxVersion = api.HighestStableVersion,
    };

    /// <summary>Letters and digits, with dots and dashes between them.</summary>
    private static bool IsSoftwareName(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-'))
            {
                return false;
            }
        }
        return text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
    }
}
