using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>Hears the answer to a <see cref="VersionsQuestion"/>.</summary>
internal interface IVersionsListener
{
    void OnVersions(ApiVersionsResponse response, short askedVersion);
}
