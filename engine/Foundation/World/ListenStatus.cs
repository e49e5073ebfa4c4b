namespace Testbed.Foundation;

/// <summary>What came of an attempt to listen.</summary>
public enum ListenStatus
{
    Listening,
    AddressInUse,
    AddressUnavailable,
    PermissionDenied,
}
